package dev.longtail.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsideTest {

    @Test
    void worksOnAThreadOfThatNameAndGivesWhatItMade() throws IOException {
        try (Aside<String> name =
                Aside.begin("beside", () -> Thread.currentThread().getName())) {
            assertThat(name.get()).isEqualTo("beside");
        }
    }

    @Test
    void whatTheWorkThrewIsThrownToTheCaller() {
        for (Throwable failure :
                new Throwable[] {new IOException("a"), new IllegalArgumentException("b"), new OutOfMemoryError("c")}) {
            try (Aside<String> work = Aside.begin("beside", () -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (Exception) failure;
            })) {
                assertThatThrownBy(work::get).isSameAs(failure);
            }
        }
    }

    @Test
    void nothingOfItRunsWhenItIsClosed() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Aside<String> work = Aside.begin("beside", () -> {
            thread.set(Thread.currentThread());
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return "";
        })) {
            begun.await();
            assertThat(work).isNotNull();
            assertThat(thread.get().isAlive()).isTrue();
        }
        assertThat(interrupted).isTrue();
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void whoWaitsCanBeInterrupted() {
        try (Aside<String> work = Aside.begin("beside", () -> {
            new CountDownLatch(1).await();
            return "";
        })) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(work::get).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
