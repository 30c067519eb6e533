/** Connections, transactions, the schema, and facts about the database. */
@NullMarked
package dev.hookferry.jdbc.database;

import org.jspecify.annotations.NullMarked;
