package dev.hookferry.file.transfer;

/**
 * Where a delivery change is stored.
 *
 * @param event sequence number of its event
 * @param sequence its own sequence number
 * @param segment index of its segment among those that are read
 * @param position offset and length of its line
 */
record StoredChange(long event, long sequence, int segment, long position) {}
