/**
 * The store in an SQL database: PostgreSQL, MariaDB or H2. The outbox, which lets applications
 * publish in their own transactions, is in {@code jdbc.outbox}.
 */
@NullMarked
package dev.hookferry.jdbc;

import org.jspecify.annotations.NullMarked;
