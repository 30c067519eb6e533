package dev.hookferry.contract;

/**
 * Everything that a transport must do: one request to one outcome, within its deadline, whatever
 * the receiver does, and never to an address that was not judged.
 */
public interface TransportContract
    extends AnswerContract,
        AnswerFramingContract,
        BrokenAnswerContract,
        ConnectionContract,
        GuardContract,
        HostileReceiverContract,
        OneHostContract,
        TransportLifeContract,
        TransportTlsContract {}
