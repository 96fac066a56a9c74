package dev.rookery.knative.load.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// A terminal: what comes while a person types is printed above the line.
final class TerminalConsole implements Console {

    private final Terminal terminal;
    private final LineReader reader;

    TerminalConsole() {
        try {
            terminal = TerminalBuilder.builder().system(true).build();
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be used", e);
        }
        // A frame has quotes and braces of its own, and an exclamation mark is no history.
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    @Override
    public Optional<String> read() {
        try {
            return Optional.of(reader.readLine("> "));
        } catch (EndOfFileException | UserInterruptException e) {
            return Optional.empty();
        }
    }

    @Override
    public void print(String line) {
        reader.printAbove(line);
    }

    @Override
    public boolean isWatched() {
        return true;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be given back", e);
        }
    }
}
