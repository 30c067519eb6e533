package dev.hookferry.contract;

/**
 * Everything that a store must do. Durable stores add {@link DurableStoreContract}, stores that
 * several processes can use {@link SharedStoreContract}. Optional abilities have contracts of their
 * own: {@link TallyStoreContract}, {@link LiveNodesContract} and {@link SharedTrialContract}.
 */
public interface StoreContract
    extends DeliveryStoreContract,
        AttemptLogContract,
        ConfigStoreContract,
        AuditLogContract,
        ReplayStoreContract,
        SealedStoreContract {}
