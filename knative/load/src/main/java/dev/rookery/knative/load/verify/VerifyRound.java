package dev.rookery.knative.load.verify;

import dev.rookery.functions.games.RoundProof;
import dev.rookery.functions.games.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./rookery verify round`: offline, with nothing but the proof.
@Command(
        name = "round",
        description = "Plays a round again from its proof and compares. Exits with 0 when the round is genuine, with 1"
                + " when something does not fit.")
final class VerifyRound implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    /// Far above what any game's moves take.
    private static final int MAX_BYTES = 1024 * 1024;

    @Parameters(
            paramLabel = "FILE|-",
            description = "the proof as JSON, as rounds.verify answers it, or bare; - reads standard input")
    private String file = STANDARD_INPUT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        final RoundProof<?> proof;
        try {
            proof = ProofJson.read(read());
        } catch (IllegalArgumentException | IOException e) {
            spec.commandLine().getErr().println(file + ": " + e.getMessage());
            return 1;
        }
        var out = spec.commandLine().getOut();
        return switch (proof.verify()) {
            case Verification.Genuine(var end) -> {
                out.println("genuine: " + proof.game() + " round " + proof.round() + ", stake " + proof.stake()
                        + ", payout " + proof.payout());
                out.println("  " + end);
                yield 0;
            }
            case Verification.Forged(var misfits) -> {
                out.println("forged: " + proof.game() + " round " + proof.round());
                misfits.forEach(misfit -> out.println("  " + misfit));
                yield 1;
            }
        };
    }

    private byte[] read() throws IOException {
        try (var content = open()) {
            var bytes = content.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("more than " + MAX_BYTES + " bytes (expected: a round's proof)");
            }
            return bytes;
        }
    }

    private InputStream open() throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return System.in;
        }
        var path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("no such file (expected: a round's proof)");
        }
        return Files.newInputStream(path);
    }
}
