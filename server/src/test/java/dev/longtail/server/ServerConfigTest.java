package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerConfigTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "host,' '",
        "port,-1",
        "port,65536",
        "threads,0",
        "queue,0",
        "maxBodyBytes,10",
        "maxTexts,0",
        "maxTextLength,0",
        "defaultLimit,0",
        "defaultLimit,101",
        "maxLimit,10001",
        "timeoutSeconds,0",
        "timeoutSeconds,NaN",
        "graceSeconds,-1"
    })
    void limitsOutOfBoundsAreRefused(String name, String value) {
        assertThatThrownBy(() -> Settings.override(ServerConfig.DEFAULT, Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name.equals("defaultLimit") && value.equals("101") ? "maxLimit" : name);
    }

    @Test
    void onlyThisMachineReachesAServerOfDefaults() {
        assertThat(ServerConfig.DEFAULT.host()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "fifteen-chars-x", "with a blank in it, long", "\u00e4aaaaaaaaaaaaaaaaaaa"})
    void weakTokensAreRefusedAndNotShown(String token) {
        assertThatThrownBy(() -> BearerToken.of(token, "the file"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("the file: the token must be 16 to 1024")
                .message()
                .satisfies(message ->
                        assertThat(token.isEmpty() || !message.contains(token)).isTrue());
    }

    @Test
    void aTokenIsReadFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
        BearerToken token = BearerToken.read(file);
        assertThat(token.isShownBy("Bearer 0123456789abcdef")).isTrue();
        assertThat(token.isShownBy("bearer 0123456789abcdef")).isTrue();
        assertThat(token.isShownBy("Bearer 0123456789abcdeF")).isFalse();
        assertThat(token.isShownBy(null)).isFalse();
        Path large = Files.writeString(folder.resolve("large"), "a".repeat(2000));
        assertThatThrownBy(() -> BearerToken.read(large)).hasMessageContaining("too long");
    }
}
