package dev.hookferry.contract.transport;

/**
 * Everything that a transport must do: one request to one outcome, within its deadline, whatever
 * the receiver does, and never to an address that was not judged.
 */
public interface TransportContract
    extends ResponseContract,
        ResponseFramingContract,
        BrokenResponseContract,
        ConnectionContract,
        GuardContract,
        HostileReceiverContract,
        SharedHostContract,
        TransportLifecycleContract,
        TransportTlsContract {}
