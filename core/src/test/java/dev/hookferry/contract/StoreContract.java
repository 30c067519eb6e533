package dev.hookferry.contract;

/**
 * Everything that a store must do. Durable stores add {@link DurableStoreContract}, stores that
 * several processes can use {@link SharedStoreContract}.
 */
public interface StoreContract
    extends DeliveryStoreContract,
        AttemptLogContract,
        ConfigStoreContract,
        AuditLogContract,
        ReplayStoreContract,
        TallyStoreContract,
        SealedStoreContract {}
