package dev.rookery.knative.local.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What a dispatcher does with one event whose sink answers so, as Knative's own does: from
/// `knative-extensions/eventing-kafka-broker`, whose dispatcher was watched doing it.
///
/// @param name    for people
/// @param answers of the sink to one post after the other; the last is its answer to all that follow
/// @param posts   how often the event is posted in all
/// @param letter  status that its dead letter tells; 0 when it was delivered
record DeliveryCase(String name, List<Integer> answers, int posts, int letter) {

    /// Of the source that is tested: so often it is posted again.
    static final int RETRIES = 2;

    /// The table.
    static List<DeliveryCase> all() {
        var cases = new ArrayList<DeliveryCase>();
        IntStream.of(200, 202, 204, 299).forEach(status -> cases.add(taken(status)));
        IntStream.of(304, 307).forEach(status -> cases.add(refused(status)));
        IntStream.of(400, 401, 403, 405, 410, 413, 415, 422).forEach(status -> cases.add(refused(status)));
        IntStream.of(404, 408, 409, 429, 500, 501, 502, 503, 504).forEach(status -> {
            cases.add(takenLater(status));
            cases.add(givenUp(status));
        });
        cases.add(new DeliveryCase("taken by the last retry", List.of(503, 429, 204), 3, 0));
        cases.add(new DeliveryCase("refused after a retry", List.of(503, 400), 2, 400));
        cases.add(new DeliveryCase("the last answer is the one that is told", List.of(503, 500, 502), 3, 502));
        return cases;
    }

    private static DeliveryCase taken(int status) {
        return new DeliveryCase(status + " is taken", List.of(status), 1, 0);
    }

    private static DeliveryCase refused(int status) {
        return new DeliveryCase(status + " is refused for good", List.of(status), 1, status);
    }

    private static DeliveryCase takenLater(int status) {
        return new DeliveryCase(status + " is posted again", List.of(status, 204), 2, 0);
    }

    private static DeliveryCase givenUp(int status) {
        return new DeliveryCase(status + " to the end is a dead letter", List.of(status), RETRIES + 1, status);
    }

    /// @param post counted from 0
    int answer(int post) {
        return answers.get(Math.min(post, answers.size() - 1));
    }

    @Override
    public String toString() {
        return name;
    }
}
