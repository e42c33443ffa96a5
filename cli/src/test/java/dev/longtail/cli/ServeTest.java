package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
final class ServeTest {

    @TempDir
    private static Path folder;

    private static Path model;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void train() throws IOException {
        model = TinyData.model(folder);
    }

    private HttpResponse<String> post(URI address, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theCommandServesUntilItIsInterrupted() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
        PipedInputStream answers = new PipedInputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicInteger code = new AtomicInteger(-1);
        URI address;
        try (OutputStream out = new PipedOutputStream(answers);
                BufferedReader reader = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8))) {
            Console console = Console.of(InputStream.nullInputStream(), out, err);
            String[] arguments = {
                "serve", "--model", "mine=" + model, "--port", "0", "--token-file", token.toString(), "--json"
            };
            Thread run = new Thread(() -> code.set(Main.run(console, arguments)));
            run.start();
            JsonNode line = Ran.json(reader.readLine());
            address = URI.create(line.path("address").asString());
            assertThat(address.getHost()).isEqualTo("127.0.0.1");
            assertThat(address.getPort())
                    .isEqualTo(line.path("port").intValue())
                    .isPositive();
            assertThat(line.at("/models/0").asString()).isEqualTo("mine");
            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create(line.path("page").asString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.body()).startsWith("<!DOCTYPE html>");

            HttpResponse<String> answer =
                    post(address.resolve("/v1/models/mine/suggest"), "{\"text\":\"word3\",\"limit\":1}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Ran.json(answer.body()).at("/suggestions/0/name").asString())
                    .isEqualTo("Name of word3");
            URI reload = address.resolve("/v1/models/mine/reload");
            assertThat(post(reload, "").statusCode()).isEqualTo(401);
            assertThat(post(reload, "", "Authorization", "Bearer 0123456789abcdef")
                            .statusCode())
                    .isEqualTo(200);
            run.interrupt();
            run.join();
        }
        assertThat(code).hasValue(0);
        assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
                .hasSize(5)
                .element(1)
                .asString()
                .startsWith("{\"requestId\":\"")
                .contains("\"status\":200", "\"model\":\"mine\"");
        Assertions.assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), address.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aProcessThatIsTerminatedEndsInOrder() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.longtail.cli.Main",
                        "serve",
                        "--model",
                        model.toString(),
                        "--port",
                        "0",
                        "--no-request-log")
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            assertThat(line).startsWith("serving model at http://127.0.0.1:");
            URI address = URI.create(line.substring(line.indexOf("http")));
            assertThat(reader.readLine()).isEqualTo("for people: " + address + "/ in a browser");
            assertThat(post(address.resolve("/v1/models/model/suggest"), "{\"text\":\"word3\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(address.resolve("/v1/models/model/reload"), "").statusCode())
                    .isEqualTo(403);
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(Files.readString(folder.resolve("stderr")))
                    .contains("longtail: the server has stopped")
                    .doesNotContain("\tat ");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatCannotBeServedIsToldAtTheStart() throws IOException {
        Ran missing = Ran.of("serve", "--model", folder.resolve("none").toString(), "--port", "0");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("none");

        Path train = TinyData.write(folder, "train.xc", TinyData.Format.XC, 1);
        Path numeric = folder.resolve("numeric");
        TinyData.train("--train", train.toString(), "--model", numeric.toString());
        Ran refused = Ran.of("serve", "--model", numeric.toString(), "--port", "0");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains(numeric + ": is a model of numbered features; only models of texts");

        Path text = Files.writeString(folder.resolve("notes.txt"), "no page");
        Ran report = Ran.of("serve", "--model", model.toString(), "--report", "model=" + text);
        assertThat(report.code()).isEqualTo(3);
        assertThat(report.err()).contains(text + ": is no page that longtail report has written");
        Path page = Files.writeString(folder.resolve("page.html"), "<!DOCTYPE html>");
        Ran other = Ran.of("serve", "--model", model.toString(), "--port", "0", "--report", "other=" + page);
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.err()).contains(page + ": no model is served under the name other");

        Path weak = Files.writeString(folder.resolve("weak"), "secret");
        Ran token = Ran.of("serve", "--model", model.toString(), "--token-file", weak.toString());
        assertThat(token.code()).isEqualTo(3);
        assertThat(token.err()).contains("the token must be 16 to 1024").doesNotContain("secret");
    }

    @Test
    void aPortThatIsTakenIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ran ran = Ran.of("serve", "--model", model.toString(), "--port", Integer.toString(taken.getLocalPort()));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err().lines()).hasSize(1);
            assertThat(ran.err()).contains("cannot listen on 127.0.0.1, port " + taken.getLocalPort());
        }
    }

    @Test
    void theLimitsAreListed() {
        Ran ran = Ran.of("serve", "--settings", "--set", "maxTexts=7");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("maxTexts = 7", "maxBodyBytes = ", "bytes of the body of a request");
    }
}
