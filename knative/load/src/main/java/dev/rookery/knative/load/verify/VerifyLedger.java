package dev.rookery.knative.load.verify;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.load.platform.OnPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./rookery verify ledger`.
@Command(
        name = "ledger",
        description = "Audits the ledger of a running platform: the chain, its seals, and what has to be so in every"
                + " ledger. Exits with 1 when something is not.")
final class VerifyLedger implements Callable<Integer> {

    @Mixin
    private OnPlatform platform = new OnPlatform();

    @Option(
            names = "--seals",
            paramLabel = "FILE",
            description = "seals that were kept elsewhere, beside those of the topic " + Topics.LEDGER_SEALS)
    private @Nullable Path seals;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the public key of the seals, as PEM (default: the platform's own)")
    private @Nullable Path key;

    @Option(names = "--json", description = "prints everything as JSON")
    private boolean isJson;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var came = new LedgerAudit(platform.find(), seals, key)
                .run(each -> print(isJson ? List.of() : AuditTable.lines(each)));
        print(isJson ? List.of(JsonMapper.shared().writeValueAsString(came)) : AuditTable.end(came));
        return AuditTable.isSound(came) ? 0 : 1;
    }

    private void print(List<String> lines) {
        var out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
