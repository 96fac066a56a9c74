package dev.rookery.knative.load.platform;

import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/// The secret by which a platform of this machine signs tokens; its owner alone may read it.
public final class TokenSecret {

    private static final String FILE = "token-secret";

    private TokenSecret() {}

    public static String of(RunningPlatform platform) {
        var file = platform.data().resolve(FILE);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
