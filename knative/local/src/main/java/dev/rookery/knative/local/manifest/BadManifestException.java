package dev.rookery.knative.local.manifest;

import java.nio.file.Path;

/// A manifest says what it may not. The message names the file, the path in it, what stands there and what was
/// expected.
public final class BadManifestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadManifestException(Path file, String complaint) {
        super(file + ": " + complaint);
    }

    BadManifestException(Path file, String complaint, Throwable cause) {
        super(file + ": " + complaint, cause);
    }
}
