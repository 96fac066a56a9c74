package dev.rookery.eventing.delivery;

import dev.rookery.eventing.catalog.DataSchema;
import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Query;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;

/// The beans that handle a function's types. `wallet.place-bet` is handled by the bean `placeBet`: a
/// `Function<Command<T>, Outcome>` when the catalog says command, a `Function<Query<T>, Answer>` when it says
/// query.
///
/// A type without a bean, or with one of another shape, stops the start: found by a player it would be a dead
/// letter.
final class Handlers {

    private final Map<EventType, Handler> handlers;

    private Handlers(Map<EventType, Handler> handlers) {
        this.handlers = Map.copyOf(handlers);
    }

    static Handlers of(String function, Catalog catalog, FunctionCatalog beans) {
        var handlers = new HashMap<EventType, Handler>();
        for (var entry : catalog.entries().values()) {
            if (entry.type().function().equals(function)) {
                handlers.put(entry.type(), handler(entry, beans));
            }
        }
        if (handlers.isEmpty()) {
            throw new IllegalStateException("catalog: lists no type of " + function + " (expected: at least one)");
        }
        return new Handlers(handlers);
    }

    Optional<Handler> find(EventType type) {
        return Optional.ofNullable(handlers.get(type));
    }

    private static Handler handler(Catalog.Entry entry, FunctionCatalog beans) {
        return switch (entry.lane()) {
            case COMMAND -> {
                var bean = bean(entry, beans, Command.class, Outcome.class);
                yield new Handler.OfCommands(
                        dataType(bean), DataSchema.of(entry), command -> (Outcome) bean.apply(command));
            }
            case QUERY -> {
                var bean = bean(entry, beans, Query.class, Answer.class);
                yield new Handler.OfQueries(dataType(bean), DataSchema.of(entry), query -> (Answer) bean.apply(query));
            }
            case CAST ->
                throw new IllegalStateException("type: " + entry.type() + " is a cast (expected: command or query)");
        };
    }

    private static FunctionInvocationWrapper bean(
            Catalog.Entry entry, FunctionCatalog beans, Class<?> input, Class<?> output) {
        var name = beanName(entry.type());
        FunctionInvocationWrapper bean = beans.lookup(name);
        var expected =
                "a bean " + name + " of Function<" + input.getSimpleName() + "<T>, " + output.getSimpleName() + ">";
        if (bean == null) {
            throw new IllegalStateException("type: " + entry.type() + " has no function (expected: " + expected + ")");
        }
        boolean fits = bean.getInputType() instanceof ParameterizedType type
                && type.getRawType() == input
                && bean.getOutputType() == output;
        if (!fits) {
            throw new IllegalStateException("type: " + entry.type() + " is handled by Function<" + bean.getInputType()
                    + ", " + bean.getOutputType() + "> (expected: " + expected + ")");
        }
        return bean;
    }

    private static Type dataType(FunctionInvocationWrapper bean) {
        return ((ParameterizedType) bean.getInputType()).getActualTypeArguments()[0];
    }

    /// `placeBet` of `wallet.place-bet`.
    private static String beanName(EventType type) {
        var name = new StringBuilder();
        for (var word : type.name().split("-", -1)) {
            name.append(name.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word, 1, word.length());
        }
        return name.toString();
    }

    /// What runs for one type.
    sealed interface Handler {

        /// What the data becomes.
        Type dataType();

        DataSchema schema();

        record OfCommands(Type dataType, DataSchema schema, Function<Command<?>, Outcome> function)
                implements Handler {}

        record OfQueries(Type dataType, DataSchema schema, Function<Query<?>, Answer> function) implements Handler {}
    }
}
