package dev.longtail.bench;

import dev.longtail.kernel.KernelChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where a result comes from: what every file in {@code bench/results} says first. */
final class Provenance {

    private Provenance() {}

    /** For what runs in this JVM. */
    static String header(String title, String command, String machine) {
        return header(title, command, KernelChoice.ofThisJvm().description(), machine);
    }

    /** For what runs elsewhere, on the same Java machine. */
    static String header(String title, String command, String kernels, String machine) {
        return String.format(
                Locale.ROOT,
                "# %s%n%n- command: `%s`%n- JDK: %s %s%n- kernels: %s%n- commit: %s%n- machine: %s%n- date: %s%n%n",
                title,
                command,
                System.getProperty("java.vm.name"),
                System.getProperty("java.runtime.version"),
                kernels,
                commit(),
                machine,
                LocalDate.now(ZoneOffset.UTC));
    }

    static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.arch");
    }

    /** Short hash of the commit that is checked out, or {@code unknown} outside a clone or without git. */
    static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String hash = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? hash : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
