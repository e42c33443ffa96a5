package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of docs/tutorial.md runs, in one shell, and prints what stands there. */
final class TutorialTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String MARK = "== block ";

    @TempDir
    private Path folder;

    /** Commands, and the lines that they print, empty where the page shows none. */
    private record Block(List<String> commands, List<String> output) {}

    @Test
    void theTutorialRuns() throws IOException, InterruptedException {
        for (String program : List.of("bash", "curl", "head")) {
            assumeTrue(Programs.isHere(program), program + " is not here; the tutorial was not run");
        }
        List<Block> blocks = blocks(Files.readAllLines(REPOSITORY.resolve("docs/tutorial.md")));
        assertThat(blocks).hasSizeGreaterThan(8);
        launcher();
        Files.createSymbolicLink(folder.resolve("examples"), REPOSITORY.resolve("examples"));
        Path log = folder.resolve("log.txt");
        Process shell = new ProcessBuilder("bash", script(blocks).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = shell.waitFor(10, TimeUnit.MINUTES);
        shell.descendants().forEach(ProcessHandle::destroy);
        shell.destroy();
        String printed = Files.readString(log);
        assertThat(ended).as(printed).isTrue();
        assertThat(shell.exitValue()).as(printed).isZero();
        compare(blocks, printed);
        assertThat(Files.readAllLines(folder.resolve("tutorial/answers.jsonl")))
                .hasSizeGreaterThan(1000)
                .allMatch(line -> Ran.json(line).has("labels"));
        assertThat(printed).contains("\"label\"", "\"results\"", "birds");
    }

    /** Each line that the page shows stands in what the block printed, all numbers being alike. */
    private static void compare(List<Block> blocks, String printed) {
        String[] parts = printed.split(MARK + "[0-9]+\n", -1);
        assertThat(parts).as(printed).hasSize(blocks.size() + 1);
        for (int number = 0; number < blocks.size(); number++) {
            List<String> lines =
                    parts[number + 1].lines().map(TutorialTest::withoutNumbers).toList();
            for (String line : blocks.get(number).output()) {
                assertThat(lines).contains(withoutNumbers(line));
            }
        }
    }

    private static String withoutNumbers(String line) {
        return line.strip().replaceAll("[0-9][0-9.,]*", "#");
    }

    private static List<Block> blocks(List<String> page) {
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < page.size(); at++) {
            if (page.get(at).equals("```sh") || page.get(at).equals("```text")) {
                List<String> lines = new ArrayList<>();
                boolean commands = page.get(at).equals("```sh");
                for (at++; !page.get(at).equals("```"); at++) {
                    lines.add(page.get(at));
                }
                if (commands) {
                    blocks.add(new Block(lines, new ArrayList<>()));
                } else {
                    blocks.get(blocks.size() - 1).output().addAll(lines);
                }
            }
        }
        return blocks;
    }

    private Path script(List<Block> blocks) throws IOException {
        List<String> lines = new ArrayList<>(List.of("set -euo pipefail"));
        String port = freePort();
        for (int number = 0; number < blocks.size(); number++) {
            lines.add("echo '" + MARK + number + "'");
            blocks.get(number).commands().forEach(line -> lines.add(line.replace("8080", port)));
        }
        return Files.write(folder.resolve("tutorial.sh"), lines);
    }

    /** In the place of the launcher, which would build the program first: this very program. */
    private void launcher() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path launcher = Files.write(
                folder.resolve("longtail"),
                List.of(
                        "#!/bin/sh",
                        "exec '" + java + "' --add-modules jdk.incubator.vector -cp '"
                                + System.getProperty("java.class.path") + "' dev.longtail.cli.Main \"$@\""));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
