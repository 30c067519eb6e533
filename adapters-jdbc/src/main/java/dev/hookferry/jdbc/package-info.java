/**
 * The store in an SQL database: PostgreSQL, MariaDB or H2. Tables from which applications publish
 * in their own transactions are in {@code jdbc.outbox}.
 */
@NullMarked
package dev.hookferry.jdbc;

import org.jspecify.annotations.NullMarked;
