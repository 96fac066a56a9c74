package dev.rookery.functions.ledger.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The database as it was at one moment. What is asked is streamed: however many rows there are, some are in
/// memory.
///
/// @param connection in a read-only transaction
record Snapshot(Connection connection) {

    private static final int ROWS_AT_A_TIME = 1_000;

    /// Several may be read at the same time. The answer's end closes the statement.
    ResultSet ask(String question) throws SQLException {
        var statement = prepare(question);
        try {
            return statement.executeQuery();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    PreparedStatement prepare(String question) throws SQLException {
        var statement = connection.prepareStatement(question);
        statement.setFetchSize(ROWS_AT_A_TIME);
        statement.closeOnCompletion();
        return statement;
    }

    long number(String question) throws SQLException {
        try (var answer = ask(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }
}
