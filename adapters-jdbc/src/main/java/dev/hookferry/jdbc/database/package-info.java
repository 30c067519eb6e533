/**
 * Connections, transactions, the schema, and facts about the database. SQL that differs between
 * databases is in {@code jdbc.dialect}; outboxes open their own connections in {@code jdbc.outbox}.
 */
@NullMarked
package dev.hookferry.jdbc.database;

import org.jspecify.annotations.NullMarked;
