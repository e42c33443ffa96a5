package dev.longtail.server;

import dev.longtail.config.Settings;
import dev.longtail.server.serving.ModelFolders;
import dev.longtail.server.serving.ModelSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server on a free port and a client that holds every answer to the contract. */
final class RunningServer implements AutoCloseable {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    final LongtailServer server;
    final ConcurrentLinkedQueue<AnsweredRequest> told = new ConcurrentLinkedQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RunningServer(ModelFolders folders, Optional<BearerToken> token, Map<String, String> settings) throws IOException {
        this(folders, token, settings, ReportFiles.NONE);
    }

    RunningServer(ModelFolders folders, Optional<BearerToken> token, Map<String, String> settings, ReportFiles reports)
            throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("port", "0", "threads", "2"));
        all.putAll(settings);
        server = LongtailServer.start(Settings.override(ServerConfig.DEFAULT, all), folders, token, reports, told::add);
    }

    /** A server of the models "first" and "plain", with a token. */
    static RunningServer ofTwo(String... settings) throws IOException {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new RunningServer(folders(TinyModels.FIRST, TinyModels.PLAIN), token(), map);
    }

    static ModelFolders folders(Path first, Path plain) {
        return ModelFolders.of(List.of(new ModelSource("first", first), new ModelSource("plain", plain)));
    }

    static Optional<BearerToken> token() {
        return Optional.of(BearerToken.of(TOKEN, "test"));
    }

    Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    /** Posts JSON. */
    Answer post(String path, String body, String... headers) {
        Map<String, String> all = new TreeMap<>(Map.of("Content-Type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        String[] flat = all.entrySet().stream()
                .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
                .toArray(String[]::new);
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), flat);
    }

    Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            Map<String, String> received = new TreeMap<>();
            response.headers().map().forEach((name, values) -> received.put(name, values.get(0)));
            Answer answer = new Answer(response.statusCode(), received, response.body());
            Contract.OF_THE_SERVER.check(method, path, answer);
            return answer;
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends bytes as they are and reads until the server closes the connection. */
    Answer raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Sends bytes as they are on a connection that the server keeps, and reads one answer of a known length. */
    Answer kept(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new AssertionError("no answer: " + head);
                }
                head.write(next);
            }
            Answer answer = Answer.parse(head.toString(StandardCharsets.ISO_8859_1));
            int length = Integer.parseInt(answer.headers().getOrDefault("content-length", "-1"));
            byte[] body = in.readNBytes(length);
            return new Answer(answer.status(), answer.headers(), new String(body, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
