/** Tests of copies between stores, restores and backups. */
@NullMarked
package dev.hookferry.app.transfer;

import org.jspecify.annotations.NullMarked;
