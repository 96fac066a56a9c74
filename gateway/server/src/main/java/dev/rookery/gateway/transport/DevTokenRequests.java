package dev.rookery.gateway.transport;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.gateway.token.DevTokens;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Gives a token to whoever asks for one, on one machine.
public record DevTokenRequests(DevTokens tokens) {

    private static final JsonMapper JSON = JsonMapper.shared();

    Answer answer(FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            return Answer.text(
                    HttpResponseStatus.METHOD_NOT_ALLOWED, "method: " + request.method() + " (expected: POST)");
        }
        try {
            var asked = JSON.readTree(request.content().toString(StandardCharsets.UTF_8));
            var player = new PlayerId(asked.path("player").asString(""));
            return Answer.json(
                    JSON.createObjectNode().put("token", tokens.issue(player)).toString());
        } catch (JacksonException | IllegalArgumentException e) {
            return Answer.text(
                    HttpResponseStatus.BAD_REQUEST, "body: " + e.getMessage() + " (expected: {\"player\":\"…\"})");
        }
    }
}
