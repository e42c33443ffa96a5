package dev.longtail.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Clients that ask a server for one text after the other, each on a connection that stays open. They share the machine
 * with the server, so they do no more than they must: an answer is read, and looked at for its status and length only.
 */
public final class Clients {

    private static final byte[] NOTHING = "\"suggestions\":[]".getBytes(StandardCharsets.UTF_8);

    static {
        System.setProperty("http.maxConnections", "256"); // connections that are kept, read once by the JDK's client
    }

    private final URI address;
    private final List<byte[]> bodies;
    private final int clients;

    /**
     * Clients that have not begun.
     *
     * @param bodies of requests, asked for in turn
     * @param clients requests under way at once
     */
    public Clients(URI address, List<byte[]> bodies, int clients) {
        this.address = address;
        this.bodies = List.copyOf(bodies);
        this.clients = clients;
    }

    /** When the n-th request is due, in nanoseconds since the first; 0 for at once. */
    private interface Schedule {
        long due(long request);
    }

    /** A run's requests that are still to be asked, and what became of the others. */
    private static final class Run {

        private final long start = System.nanoTime();
        private final long requests;
        private final Schedule schedule;
        private final AtomicLong next = new AtomicLong();
        private final AtomicLong empty = new AtomicLong();
        private final AtomicLong errors = new AtomicLong();
        private final ConcurrentHistogram nanoseconds = new ConcurrentHistogram(3);
        private volatile @Nullable String firstError;

        Run(long requests, Schedule schedule) {
            this.requests = requests;
            this.schedule = schedule;
        }

        void failed(String message) {
            if (errors.getAndIncrement() == 0) {
                firstError = message;
            }
        }
    }

    /** Asks for so many texts as fast as answers come. */
    public Latencies asFastAsAnswered(long requests) throws InterruptedException {
        return run(new Run(requests, request -> 0));
    }

    /**
     * Asks at a fixed rate, whether answers come or not. The time of a request counts from the moment it was due: one
     * that had to wait because all clients waited for a slow answer has been slow too.
     *
     * @param perSecond requests a second
     */
    public Latencies atRate(double perSecond, long requests) throws InterruptedException {
        return run(new Run(requests, request -> Math.round(request * 1e9 / perSecond)));
    }

    private Latencies run(Run run) throws InterruptedException {
        Thread[] threads = new Thread[clients];
        for (int i = 0; i < clients; i++) {
            threads[i] = new Thread(() -> ask(run), "client-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - run.start) / 1e9;
        return new Latencies(run.nanoseconds, seconds, run.errors.get(), run.firstError, run.empty.get());
    }

    private void ask(Run run) {
        byte[] buffer = new byte[1 << 16];
        for (long request = run.next.getAndIncrement(); request < run.requests; request = run.next.getAndIncrement()) {
            long due = run.start + run.schedule.due(request);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long begun = run.schedule.due(request) == 0 ? System.nanoTime() : due;
            try {
                answer(run, bodies.get((int) (request % bodies.size())), buffer);
            } catch (IOException e) {
                run.failed(e.toString());
            }
            run.nanoseconds.recordValue(System.nanoTime() - begun);
        }
    }

    private void answer(Run run, byte[] body, byte[] buffer) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        try (InputStream in = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            int length = in.readNBytes(buffer, 0, buffer.length);
            if (status != 200) {
                run.failed(status + ": " + new String(buffer, 0, length, StandardCharsets.UTF_8));
            } else if (endsWithNothing(buffer, length)) {
                run.empty.incrementAndGet();
            }
        }
    }

    /** Whether the answer is {@code {"model":...,"suggestions":[]}}. */
    private static boolean endsWithNothing(byte[] answer, int length) {
        int start = length - 1 - NOTHING.length;
        return start >= 0 && Arrays.equals(answer, start, start + NOTHING.length, NOTHING, 0, NOTHING.length);
    }
}
