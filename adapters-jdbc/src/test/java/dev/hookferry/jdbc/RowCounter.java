package dev.hookferry.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** Counts the rows that the statements on some tables write and read. */
final class RowCounter {
  private final String tables;
  private final List<String> written = new ArrayList<>();
  private int read;

  /** Creates a counter for statements whose text contains this part of a table's name. */
  RowCounter(String tables) {
    this.tables = tables;
  }

  /** Returns a pool whose statements are counted. */
  DataSource around(DataSource pool) {
    return proxy(DataSource.class, pool, (method, result, arguments) -> connection(result));
  }

  private Object connection(Object result) {
    return result instanceof Connection connection
        ? proxy(
            Connection.class,
            connection,
            (method, made, arguments) -> {
              boolean isCounted =
                  made instanceof PreparedStatement && ((String) arguments[0]).contains(tables);
              return isCounted ? statement((PreparedStatement) made, (String) arguments[0]) : made;
            })
        : result;
  }

  private PreparedStatement statement(PreparedStatement real, String sql) {
    return proxy(
        PreparedStatement.class,
        real,
        (method, result, arguments) -> {
          if (result instanceof int[] counts) {
            write(Arrays.stream(counts).sum(), sql);
          } else if (method.startsWith("execute") && Boolean.FALSE.equals(result)) {
            write(real.getUpdateCount(), sql);
          } else if (method.startsWith("execute") && result instanceof Integer count) {
            write(count, sql);
          }
          return result instanceof ResultSet rows ? rows(rows) : result;
        });
  }

  private ResultSet rows(ResultSet real) {
    return proxy(
        ResultSet.class,
        real,
        (method, result, arguments) -> {
          if (method.equals("next") && Boolean.TRUE.equals(result)) {
            synchronized (this) {
              read++;
            }
          }
          return result;
        });
  }

  private synchronized void write(int rows, String sql) {
    written.add(rows + " by " + sql);
  }

  /** Returns the number of rows and the text of each writing statement since the last call. */
  synchronized List<String> written() {
    List<String> all = List.copyOf(written);
    written.clear();
    return all;
  }

  /** Returns the number of rows that were read since the last call. */
  synchronized int read() {
    int all = read;
    read = 0;
    return all;
  }

  private interface After {
    Object then(String method, Object result, Object[] arguments) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T real, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            RowCounter.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return after.then(method.getName(), method.invoke(real, arguments), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
