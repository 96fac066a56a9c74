package dev.rookery.knative.load.play;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// No terminal: lines come from a pipe or file, as a script has them.
final class PipedConsole implements Console {

    private final BufferedReader in;
    private final PrintStream out;

    PipedConsole(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Optional<String> read() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("the input cannot be read", e);
        }
    }

    @Override
    public void print(String line) {
        out.println(line);
    }

    @Override
    public boolean isWatched() {
        return false;
    }

    @Override
    public void close() {
        out.flush();
    }
}
