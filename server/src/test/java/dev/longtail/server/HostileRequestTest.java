package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are wrong, too much or meant to harm: each gets the answer that the page about them promises. */
@Timeout(300)
final class HostileRequestTest {

    private static final Pattern CODE = Pattern.compile("(?:Problem\\s*\\.(?:wrong|of|tooLarge)\\(\\s*(?:[0-9]+,\\s*)?"
            + "|-> |error\\(context, status, )\"([a-z0-9]+(?:-[a-z0-9]+)+)\"");

    private static RunningServer running;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        running =
                RunningServer.ofTwo("maxBodyBytes", "2000", "maxTexts", "3", "maxTextLength", "100", "maxLimit", "20");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfThePage() throws IOException {
        AtomicInteger number = new AtomicInteger();
        return HostilePage.rows().stream()
                .map(row -> DynamicTest.dynamicTest(number.incrementAndGet() + " " + row.what(), () -> check(row)));
    }

    private static void check(HostilePage.Row row) throws IOException, InterruptedException {
        Answer answer = row.state() ? HostileStates.answer(row, folder) : running.raw(row.bytes());
        assertThat(HostilePage.cells(answer)).as(row.spans().toString()).isEqualTo(row.answer());
        if (row.isOrdinary()) {
            Contract.OF_THE_SERVER.check(row.method(), row.path(), answer);
        }
        assertThat(answer.headers()).containsKey("x-request-id");
        assertThat(answer.body())
                .doesNotContain("Exception", "\tat ", "dev.longtail", "etty", "javalin", "<script>", "passwd")
                .doesNotContain(TinyModels.FIRST.toString(), folder.toString(), RunningServer.TOKEN);
        if (answer.status() >= 400) {
            assertThat(answer.type()).isEqualTo("application/json");
        }
    }

    @Test
    void thePageHasEveryBound() throws IOException {
        String page = HostilePage.text();
        Set<String> none = Set.of("host", "port", "threads", "defaultLimit");
        for (RecordComponent setting : ServerConfig.class.getRecordComponents()) {
            if (!none.contains(setting.getName())) {
                assertThat(page).contains("\n| " + setting.getName() + " | ");
            }
        }
    }

    @Test
    void thePageHasEveryCodeOfTheSources() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher code = CODE.matcher(Files.readString(file, StandardCharsets.UTF_8));
                while (code.find()) {
                    codes.add(code.group(1));
                }
            }
        }
        assertThat(codes).contains("invalid-json", "queue-full", "bad-request", "not-found", "reload-failed");
        assertThat(codes).allSatisfy(code -> assertThat(HostilePage.text()).contains("`" + code + "`"));
    }

    @Test
    void anotherMethodIsToldWhichAreAllowed() {
        assertThat(running.send("DELETE", "/v1/models/first", new byte[0]).headers())
                .hasEntrySatisfying("allow", allowed -> assertThat(allowed).contains("GET"));
    }

    @Test
    void whoShowsAWrongTokenIsToldTheScheme() {
        assertThat(running.post("/v1/models/first/reload", "").headers()).containsEntry("www-authenticate", "Bearer");
    }
}
