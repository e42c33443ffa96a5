package dev.longtail.server;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The secret that requests must show which change something. Only its hash is kept; what a request shows is hashed and
 * compared in a time that does not depend on where the two differ.
 */
public final class BearerToken {

    private static final int SHORTEST = 16;
    private static final int LONGEST = 1024;
    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    private BearerToken(String token) {
        this.hash = hash(token);
    }

    /**
     * A token of 16 to 1024 visible characters of ASCII.
     *
     * @param source file or variable that it comes from, for the message; the token itself is never shown
     * @throws InputException when it is none
     */
    public static BearerToken of(String token, String source) {
        boolean visible = token.chars().allMatch(c -> c > ' ' && c < 127);
        if (!visible || token.length() < SHORTEST || token.length() > LONGEST) {
            throw new InputException(
                    source,
                    0,
                    "the token must be 16 to 1024 visible characters of ASCII, as openssl rand -hex 32 gives");
        }
        return new BearerToken(token);
    }

    /**
     * The token in a file, which holds nothing else but perhaps an end of line.
     *
     * @throws InputException when it is none
     */
    public static BearerToken read(Path file) throws IOException {
        if (Files.size(file) > LONGEST + 2) {
            throw new InputException(file.toString(), 0, "is too long for a token, which has at most 1024 characters");
        }
        return of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip(), file.toString());
    }

    /** Whether a header is {@code Bearer} with this token. */
    boolean isShownBy(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        return MessageDigest.isEqual(
                hash, hash(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
