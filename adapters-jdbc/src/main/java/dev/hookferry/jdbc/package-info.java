/** The store in an SQL database: PostgreSQL, MariaDB or H2. */
@NullMarked
package dev.hookferry.jdbc;

import org.jspecify.annotations.NullMarked;
