package dev.hookferry.file.transfer;

/**
 * The location of a stored delivery change.
 *
 * @param event sequence number of its event
 * @param sequence its own sequence number
 * @param segment index of its segment among those that are read
 * @param position offset and length of its line
 */
record StoredChange(long event, long sequence, int segment, long position) {}
