package dev.longtail.server;

import dev.longtail.server.serving.ModelFolders;
import dev.longtail.server.serving.ModelSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** States of a server in which a request that is right is refused. */
final class HostileStates {

    private HostileStates() {}

    /** The answer to a request in a state of the page. */
    static Answer answer(HostilePage.Row row, Path folder) throws IOException, InterruptedException {
        String request = row.bytes();
        return switch (row.what()) {
            case "the queue is full" -> whileBusy(request, true, "1", "30");
            case "nothing is computed for timeoutSeconds" -> whileBusy(request, false, "2", "0.2");
            case "the body drips for longer than timeoutSeconds" -> dripping(request);
            case "the server has no token" -> withoutToken(request);
            case "the new model is damaged" -> damaged(request, Files.createDirectory(folder.resolve("damaged")));
            default -> throw new AssertionError("the test knows no state '" + row.what() + "'");
        };
    }

    private static Answer whileBusy(String request, boolean full, String queue, String seconds)
            throws IOException, InterruptedException {
        try (RunningServer running =
                RunningServer.ofTwo("threads", "1", "queue", queue, "timeoutSeconds", seconds, "graceSeconds", "5")) {
            CountDownLatch open = OverloadTest.occupy(running);
            CompletableFuture<Answer> waiting = CompletableFuture.completedFuture(new Answer(0, Map.of(), ""));
            if (full) {
                waiting = CompletableFuture.supplyAsync(
                        () -> running.post("/v1/models/first/suggest", "{\"text\":\"word3\"}"));
                OverloadTest.awaitWaiting(running, 1);
            }
            Answer answer = running.raw(request);
            open.countDown();
            waiting.join();
            return answer;
        }
    }

    private static Answer dripping(String request) throws IOException, InterruptedException {
        try (RunningServer running = RunningServer.ofTwo("timeoutSeconds", "0.3", "graceSeconds", "1");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String head = request.replaceFirst("Content-Length: [0-9]+", "Content-Length: 1000");
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            for (int i = 0; i < 900 && socket.getInputStream().available() == 0; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
            return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer withoutToken(String request) throws IOException {
        try (RunningServer running = new RunningServer(
                RunningServer.folders(TinyModels.FIRST, TinyModels.PLAIN), Optional.empty(), Map.of())) {
            return running.raw(request);
        }
    }

    private static Answer damaged(String request, Path folder) throws IOException {
        try (var files = Files.list(TinyModels.FIRST)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        ModelFolders one = ModelFolders.of(List.of(new ModelSource("first", folder)));
        try (RunningServer running = new RunningServer(one, RunningServer.token(), Map.of())) {
            Files.writeString(folder.resolve("model.json"), "{}");
            return running.raw(request);
        }
    }
}
