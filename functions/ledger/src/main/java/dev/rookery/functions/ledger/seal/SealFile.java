package dev.rookery.functions.ledger.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// Appends seals to a file, a line each.
public final class SealFile implements Consumer<SignedSeal> {

    private final Path file;

    public SealFile(Path file) {
        this.file = file;
    }

    /// Returns when the disk has it. Half a line, of whoever died while it was written, is ended first.
    @Override
    public void accept(SignedSeal seal) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            var line = (endsInLine(channel, end) ? "" : "\n") + seal.line() + "\n";
            var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("seal: cannot be appended to " + file, e);
        }
    }

    private static boolean endsInLine(FileChannel channel, long end) throws IOException {
        if (end == 0) {
            return true;
        }
        var last = ByteBuffer.allocate(1);
        channel.read(last, end - 1);
        return last.get(0) == '\n';
    }
}
