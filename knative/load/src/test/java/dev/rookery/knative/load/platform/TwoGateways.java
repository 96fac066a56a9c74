package dev.rookery.knative.load.platform;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One platform with two gateways for all test classes that ask for it, and with one session a player, as it comes.
/// Each test has players of its own.
final class TwoGateways implements BeforeAllCallback {

    private @Nullable Launched launched;

    @Override
    public void beforeAll(ExtensionContext context) {
        launched = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(TwoGateways.class))
                .computeIfAbsent(
                        "platform", _ -> Launched.up(Map.of(), "--gateways", "2", "--ephemeral"), Launched.class);
    }

    Launched launched() {
        return Objects.requireNonNull(launched);
    }
}
