package dev.hookferry.jdbc;

import java.nio.file.Path;

/** An H2 database in a folder that the test gives and removes. */
public record H2File(Path folder) implements TestDatabase {
  @Override
  public String url() {
    return "jdbc:h2:file:" + folder.resolve("hookferry");
  }

  @Override
  public void close() {}
}
