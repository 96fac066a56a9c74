package dev.rookery.knative.load.bench.money;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Statements of one connection, prepared once and given arrays, as the function's are.
final class Statements {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    void query(String sql, Each each, Object... parameters) throws SQLException {
        try (var row = bound(sql, parameters).executeQuery()) {
            while (row.next()) {
                each.row(row);
            }
        }
    }

    int execute(String sql, Object... parameters) throws SQLException {
        return bound(sql, parameters).executeUpdate();
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                case Long[] numbers -> statement.setArray(i + 1, connection.createArrayOf("int8", numbers));
                case Integer[] numbers -> statement.setArray(i + 1, connection.createArrayOf("int4", numbers));
                case Boolean[] flags -> statement.setArray(i + 1, connection.createArrayOf("bool", flags));
                case UUID[] ids -> statement.setArray(i + 1, connection.createArrayOf("uuid", ids));
                default -> statement.setObject(i + 1, parameters[i]);
            }
        }
        return statement;
    }

    interface Each {
        @Nullable
        Object row(ResultSet row) throws SQLException;
    }
}
