package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages and completion: what the distribution has beside the program. */
final class ManualsTest {

    @TempDir
    private Path folder;

    @Test
    void everyCommandHasAPageWithAllItsOptions() {
        CommandLine root = Main.commands();
        Map<String, String> pages = Manuals.pages(root);
        assertThat(pages).hasSize(root.getSubcommands().size() + 1).containsKeys("longtail.1", "longtail-verify.1");
        root.getSubcommands().forEach((name, command) -> {
            String page = pages.get("longtail-" + name + ".1");
            assertThat(page).startsWith(".TH \"LONGTAIL-" + name.toUpperCase(Locale.ROOT) + "\" 1");
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(page).as(name).contains(option.longestName().replace("-", "\\-"));
            }
            assertThat(page.lines())
                    .as(name)
                    .noneMatch(line -> line.contains("%%") || line.contains("${") || line.contains("(here "));
        });
        assertThat(pages.get("longtail.1")).contains(".SH COMMANDS", ".B verify", "longtail\\-verify(1)");
        assertThat(pages.get("longtail-train.1"))
                .contains(".SH EXAMPLES\n.nf\n  longtail train \\-\\-train train.tsv.gz");
        assertThat(pages).isEqualTo(Manuals.pages(Main.commands()));
    }

    @Test
    void groffFindsNoFaultInAnyPage() throws IOException, InterruptedException {
        assumeTrue(Programs.isHere("groff"), "groff is not here (Debian: groff-base); no page was set");
        Manuals.main(new String[] {folder.toString()});
        try (Stream<Path> pages = Files.list(folder.resolve("man").resolve("man1"))) {
            for (Path page : pages.sorted().toList()) {
                Output set = run("groff", "-man", "-ww", "-Tutf8", "-K", "utf8", page.toString());
                assertThat(set.code()).as(page.toString()).isZero();
                assertThat(set.err()).as(page.toString()).isEmpty();
                assertThat(set.out().lines()).hasSizeGreaterThan(20);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "longtail ver       | verify",
                "longtail verify --c | --checksums",
                "longtail train --label-l | --label-language",
                "longtail predict --format f | fasttext"
            })
    void bashCompletes(String words, String expected) throws IOException, InterruptedException {
        assumeTrue(Programs.isHere("bash"), "bash is not here; nothing was completed");
        Ran script = Ran.of("completion", "bash");
        assertThat(script.code()).isZero();
        Path file = Files.writeString(folder.resolve("longtail.bash"), script.out());
        String[] parts = words.strip().split(" ");
        String completion = "compopt() { :; }; source " + file + "; COMP_WORDS=(" + words + "); COMP_CWORD="
                + (parts.length - 1) + "; _complete_longtail; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Output out = run("bash", "-c", completion);
        assertThat(out.err()).isEmpty();
        assertThat(Arrays.asList(out.out().strip().split("\\s+"))).contains(expected);
    }

    @Test
    void zshTakesTheSameScript() throws IOException, InterruptedException {
        Ran script = Ran.of("completion", "zsh");
        assertThat(script.out()).startsWith("autoload -U +X bashcompinit && bashcompinit\n");
        assertThat(Ran.of("completion", "fish").err()).contains("must be bash or zsh, got 'fish'");
        assumeTrue(Programs.isHere("zsh"), "zsh is not here; the script was not sourced");
        Path file = Files.writeString(folder.resolve("longtail.zsh"), script.out());
        String source = "autoload -U compinit; compinit -u; source " + file + " && whence _complete_longtail";
        Output out = run("zsh", "-f", "-c", source);
        assertThat(out.err()).isEmpty();
        assertThat(out.code()).isZero();
    }

    private record Output(int code, String out, String err) {}

    private Output run(String... command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Output(process.exitValue(), out, Files.readString(errors));
    }
}
