/** Tests of reading the configurations of other senders. */
@NullMarked
package dev.hookferry.app.migration.sender;

import org.jspecify.annotations.NullMarked;
