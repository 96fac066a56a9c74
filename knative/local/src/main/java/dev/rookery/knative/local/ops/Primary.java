package dev.rookery.knative.local.ops;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// The primary, as somebody sees it who may see everything. What is asked for a page is given up after a few seconds:
/// nobody looks at a page for longer, and the players' transactions come first.
///
/// @param url JDBC URL of the database in which each function has its schema
public record Primary(String url, String user, String password) {

    private static final String STATEMENT_MILLIS = "2000";

    /// Read-only. The caller closes it.
    Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        properties.setProperty("readOnly", "true");
        properties.setProperty("ApplicationName", "ops");
        properties.setProperty("options", "-c statement_timeout=" + STATEMENT_MILLIS);
        return DriverManager.getConnection(url, properties);
    }

    /// @param function one that the catalog lists
    /// @return its schema's name, quoted
    static String schema(String function) {
        return '"' + function.replace("\"", "\"\"") + '"';
    }
}
