package dev.rookery.knative.load.verify;

import picocli.CommandLine.Command;

/// `./rookery verify`: by itself it only tells what can be verified.
@Command(
        name = "verify",
        description = "Verifies the ledger of a running platform, or the proof of a round.",
        subcommands = {VerifyLedger.class, VerifyRound.class})
public final class Verify {}
