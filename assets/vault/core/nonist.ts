/**
 * Stands in for the curves of NIST, which the age library brings along for recipients of kinds that the vault's
 * profile refuses (`core/age.ts`). Loading it costs nothing; using it fails.
 */
const none = (): never => {
  throw new Error("this program has no such curve");
};
const lengths = { secretKey: 1, publicKey: 1, publicKeyUncompressed: 1, seed: 1, signature: 1 };
const curve = {
  lengths, Point: { Fn: {}, Fp: {}, fromBytes: none }, utils: { randomSecretKey: none },
  keygen: none, getPublicKey: none, getSharedSecret: none,
};

export const p256 = curve;
export const p384 = curve;
