package dev.rookery.knative.load.player;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/// Decides each command once and keeps its promises, over connections that break and with a broker that sends
/// back: before a command has its effect, after it, and between the effect and its answer. What happens when is
/// chance, from a seed.
final class LossyGateway implements Runnable {

    private final ScriptedGateway gateway;
    private final Random random;
    private final List<String> effects = new ArrayList<>();
    private String epoch = "e1";
    private int epochs = 1;
    private int begin;

    LossyGateway(ScriptedGateway gateway, Random random) {
        this.gateway = gateway;
        this.random = random;
    }

    /// The commands in the order in which they had their effect.
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    /// Serves until it is interrupted.
    @Override
    public void run() {
        try {
            while (true) {
                serve(gateway.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(ScriptedGateway.Client client) throws InterruptedException {
        welcome(client, client.hello().path("resume"));
        while (true) {
            var id = client.receiveId();
            int chance = random.nextInt(100);
            if (chance < 15) {
                client.sendBack(id, "busy", true);
            } else if (chance < 20) {
                end(client);
                return;
            } else if (chance < 28) {
                decide(id);
                end(client);
                return;
            } else if (chance < 36) {
                // The effect is there, its event comes with the repeat.
                boolean isNew = decide(id);
                client.sendBack(id, "unavailable", true);
                if (isNew) {
                    client.decide(seq(id), id);
                }
            } else if (decide(id)) {
                client.decide(seq(id), id);
            } else {
                client.repeat(seq(id), id);
            }
        }
    }

    private void welcome(ScriptedGateway.Client client, JsonNode resume) {
        if (random.nextInt(100) < 10) {
            epochs++;
            epoch = "e" + epochs;
            begin = effects().size();
        }
        boolean resumed = resume.path("epoch").asString("").equals(epoch);
        int seen = resumed ? begin + resume.path("seq").asInt() : effects().size();
        client.welcome(epoch, seen - begin, resumed);
        for (var missed : effects().subList(seen, effects().size())) {
            client.decide(seq(missed), missed);
        }
    }

    /// @return whether it had no effect yet
    private synchronized boolean decide(String id) {
        if (effects.contains(id)) {
            return false;
        }
        effects.add(id);
        return true;
    }

    /// 0 when it was in an earlier epoch.
    private long seq(String id) {
        return Math.max(0, effects().indexOf(id) + 1 - begin);
    }

    private void end(ScriptedGateway.Client client) {
        if (random.nextBoolean()) {
            client.drop();
        } else {
            client.close(random.nextBoolean() ? 4000 : 4101);
        }
    }
}
