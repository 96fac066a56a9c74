package dev.rookery.knative.load.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/// The seals of a file, a line each, up to where it ended when it was opened.
final class SealedFile implements Iterable<String>, AutoCloseable {

    private final BufferedReader reader;
    private final long size;

    private SealedFile(BufferedReader reader, long size) {
        this.reader = reader;
        this.size = size;
    }

    static SealedFile open(Path file) {
        try {
            return new SealedFile(Files.newBufferedReader(file), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException("seals: " + file + " cannot be read", e);
        }
    }

    /// A line that was not ended yet belongs to whoever is writing it. Read once.
    @Override
    public Iterator<String> iterator() {
        var place = new Place();
        return reader.lines().takeWhile(place::isBeforeTheEnd).iterator();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Place {

        private long read;

        boolean isBeforeTheEnd(String line) {
            read += line.getBytes(StandardCharsets.UTF_8).length + 1L;
            return read <= size;
        }
    }
}
