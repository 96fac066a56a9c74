package dev.rookery.eventing.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The system's clock, off by what a file says at that moment: how a fault campaign has the clock of a function jump.
///
/// @param offset holds how far it is ahead, in ISO 8601, such as `PT-20S`; not off while there is no such file
record DrilledClock(Path offset) implements InstantSource {

    /// @throws UncheckedIOException when the file cannot be read
    @Override
    public Instant instant() {
        return Instant.now().plus(ahead());
    }

    private Duration ahead() {
        try {
            return Duration.parse(Files.readString(offset).strip());
        } catch (NoSuchFileException e) {
            return Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
