package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when there is more to do than can be done, or no time left to do it. */
@Timeout(60)
final class OverloadTest {

    private static final String SUGGEST = "/v1/models/first/suggest";
    private static final String QUESTION = "{\"text\":\"word3\"}";

    /** Holds the only thread until the latch opens. */
    static CountDownLatch occupy(RunningServer running) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        running.server.pool().run(() -> {
            begun.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        return open;
    }

    static void awaitWaiting(RunningServer running, int count) throws InterruptedException {
        while (running.server.pool().waiting() < count) {
            Thread.sleep(1);
        }
    }

    @Test
    void aFullQueueIsToldAtOnceAndHealthStillAnswers() throws Exception {
        try (RunningServer running = RunningServer.ofTwo("threads", "1", "queue", "2")) {
            CountDownLatch open = occupy(running);
            CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> running.post(SUGGEST, QUESTION));
            CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> running.post(SUGGEST, QUESTION));
            awaitWaiting(running, 2);

            Answer third = running.post(SUGGEST, QUESTION);
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.code()).isEqualTo("queue-full");
            assertThat(third.headers()).containsEntry("retry-after", "1");
            assertThat(running.post("/v1/models/first/explain", QUESTION).code())
                    .isEqualTo("queue-full");
            assertThat(running.get("/v1/models/first/labels").code()).isEqualTo("queue-full");
            assertThat(running.get("/v1/models/first/anchors").code()).isEqualTo("queue-full");
            assertThat(running.get("/").status()).isEqualTo(200);
            assertThat(running.get("/health/ready").status()).isEqualTo(200);
            assertThat(running.get("/metrics").body()).contains("longtail_queue_length 2");

            open.countDown();
            assertThat(first.get().status()).isEqualTo(200);
            assertThat(second.get().status()).isEqualTo(200);
            assertThat(running.post(SUGGEST, QUESTION).status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestEndsWhenItsTimeIsOverAndLeavesTheQueue() throws Exception {
        try (RunningServer running =
                RunningServer.ofTwo("threads", "1", "queue", "1", "timeoutSeconds", "0.2", "graceSeconds", "1")) {
            CountDownLatch open = occupy(running);
            Answer answer = running.post(SUGGEST, QUESTION);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("timed-out");
            assertThat(running.server.pool().waiting()).isZero();
            open.countDown();
            assertThat(running.post(SUGGEST, QUESTION).status()).isEqualTo(200);
        }
    }

    @Test
    void requestsThatRunEndBeforeTheServerDoes() throws Exception {
        RunningServer running = RunningServer.ofTwo("threads", "1", "graceSeconds", "30");
        int port = running.server.port();
        CountDownLatch open = occupy(running);
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> running.post(SUGGEST, QUESTION));
        awaitWaiting(running, 1);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(running::close);
        awaitRefusal(port);
        Thread.sleep(1500); // longer than an idle connection is kept then
        assertThat(closed).isNotDone();
        assertThat(asked).isNotDone();

        open.countDown();
        Answer answer = asked.get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/suggestions/0/name").stringValue()).isEqualTo("first 3");
        closed.get(20, TimeUnit.SECONDS);
        assertThat(running.server.models().open()).isZero();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    private static void awaitRefusal(int port) throws IOException, InterruptedException {
        boolean refused = false;
        while (!refused) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                Thread.sleep(5);
            } catch (ConnectException e) {
                refused = true;
            }
        }
    }

    @Test
    void aRequestThatNeverEndsDoesNotHoldTheServerForEver() throws Exception {
        RunningServer running = RunningServer.ofTwo("threads", "1", "graceSeconds", "0.3", "timeoutSeconds", "3600");
        CountDownLatch open = occupy(running);
        CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> running.post(SUGGEST, QUESTION));
        awaitWaiting(running, 1);
        running.close(); // returns, or the test runs out of time
        open.countDown();
        assertThat(asked.handle((answer, failure) -> true).get(20, TimeUnit.SECONDS))
                .isTrue();
    }
}
