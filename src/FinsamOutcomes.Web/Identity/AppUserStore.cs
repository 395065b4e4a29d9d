using System.Globalization;
using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Identity;

namespace FinsamOutcomes.Web.Identity;

/// <summary>Lets ASP.NET Core Identity read and change accounts through <see cref="AccountStore"/>.</summary>
internal sealed class AppUserStore(AccountStore accounts, PasskeyStore passkeys) :
    IUserPasswordStore<AppUser>,
    IUserSecurityStampStore<AppUser>,
    IUserLockoutStore<AppUser>,
    IUserTwoFactorStore<AppUser>,
    IUserAuthenticatorKeyStore<AppUser>,
    IUserTwoFactorRecoveryCodeStore<AppUser>,
    IUserPasskeyStore<AppUser>
{
    public Task<string> GetUserIdAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task SetUserNameAsync(AppUser user, string? userName, CancellationToken cancellationToken)
    {
        user.UserName = userName ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(AppUser user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalizedUserName = normalizedName ?? "";
        return Task.CompletedTask;
    }

    public Task<AppUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        int.TryParse(userId, out var id) ? accounts.FindAsync(id, cancellationToken) : Task.FromResult<AppUser?>(null);

    public Task<AppUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        accounts.FindByNameAsync(normalizedUserName, cancellationToken);

    public Task<IdentityResult> CreateAsync(AppUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account comes into being with its roles: UserStore.AddAsync.");

    public Task<IdentityResult> DeleteAsync(AppUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is switched off, never deleted: the log names it.");

    public async Task<IdentityResult> UpdateAsync(AppUser user, CancellationToken cancellationToken)
    {
        await accounts.SaveAsync(user, cancellationToken);
        return IdentityResult.Success;
    }

    public Task<string?> GetPasswordHashAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetPasswordHashAsync(AppUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public async Task RehashAsync(AppUser user, string oldHash, string newHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = newHash;
        await accounts.RehashAsync(user.Id, oldHash, newHash, cancellationToken);
    }

    public Task<string?> GetSecurityStampAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(AppUser user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(AppUser user, CancellationToken cancellationToken) =>
        Task.FromResult<DateTimeOffset?>(user.LockoutEndsAt is { } end ? new DateTimeOffset(end) : null);

    public async Task SetLockoutEndDateAsync(AppUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockoutEndsAt = lockoutEnd?.UtcDateTime;
        user.AccessFailedCount = 0;
        await accounts.SetLockoutAsync(user.Id, user.LockoutEndsAt, cancellationToken);
    }

    public async Task<int> IncrementAccessFailedCountAsync(AppUser user, CancellationToken cancellationToken) =>
        user.AccessFailedCount = await accounts.CountFailureAsync(user.Id, cancellationToken);

    public Task ResetAccessFailedCountAsync(AppUser user, CancellationToken cancellationToken) =>
        SetLockoutEndDateAsync(user, user.LockoutEndsAt is { } end ? new DateTimeOffset(end) : null, cancellationToken);

    public Task<int> GetAccessFailedCountAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);

    public Task<bool> GetLockoutEnabledAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Every account can be locked; there is nothing to switch.</summary>
    public Task SetLockoutEnabledAsync(AppUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> GetTwoFactorEnabledAsync(AppUser user, CancellationToken cancellationToken) => Task.FromResult(user.IsTwoFactorEnabled);

    public Task SetTwoFactorEnabledAsync(AppUser user, bool enabled, CancellationToken cancellationToken)
    {
        user.IsTwoFactorEnabled = enabled;
        return Task.CompletedTask;
    }

    public async Task SetAuthenticatorKeyAsync(AppUser user, string key, CancellationToken cancellationToken) =>
        user.AuthenticatorKeyEncrypted = await accounts.EncryptKeyAsync(user.Id, key, cancellationToken);

    public Task<string?> GetAuthenticatorKeyAsync(AppUser user, CancellationToken cancellationToken) =>
        user.AuthenticatorKeyEncrypted is { } encrypted ? accounts.DecryptKeyAsync(user.Id, encrypted, cancellationToken) : Task.FromResult<string?>(null);

    public Task ReplaceCodesAsync(AppUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        accounts.ReplaceRecoveryCodesAsync(user.Id, recoveryCodes.Select(RecoveryCodes.Normalize), cancellationToken);

    public Task<bool> RedeemCodeAsync(AppUser user, string code, CancellationToken cancellationToken) =>
        accounts.UseRecoveryCodeAsync(user, code, cancellationToken);

    public Task<int> CountCodesAsync(AppUser user, CancellationToken cancellationToken) => accounts.CountRecoveryCodesAsync(user.Id, cancellationToken);

    public async Task AddOrUpdatePasskeyAsync(AppUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        if (await FindPasskeyAsync(user, passkey.CredentialId, cancellationToken) is not null)
        {
            await passkeys.UsedAsync(user.Id, passkey.CredentialId, passkey.SignCount, passkey.IsBackedUp, cancellationToken);
            return;
        }

        await passkeys.AddAsync(
            user,
            new NewPasskey
            {
                Name = passkey.Name ?? "",
                CredentialId = passkey.CredentialId,
                PublicKey = passkey.PublicKey,
                SignCount = passkey.SignCount,
                Transports = string.Join(' ', passkey.Transports ?? []),
                IsBackupEligible = passkey.IsBackupEligible,
                IsBackedUp = passkey.IsBackedUp,
            },
            cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AppUser user, CancellationToken cancellationToken) =>
        [.. (await passkeys.OfAsync(user.Id, cancellationToken)).Select(Info)];

    public async Task<AppUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } row ? await accounts.FindAsync(row.AppUserId, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(AppUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } row && row.AppUserId == user.Id ? Info(row) : null;

    public Task RemovePasskeyAsync(AppUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A passkey is removed by its row, which sees to that a way in is left: PasskeyStore.RemoveAsync.");

    // What it was made with is asked for once and not kept: who makes the authenticator is nothing that is decided by.
    private static UserPasskeyInfo Info(PasskeyRow row) =>
        new(
            row.CredentialId,
            row.PublicKey,
            new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
            (uint)row.SignCount,
            row.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            isUserVerified: true,
            row.IsBackupEligible,
            row.IsBackedUp,
            attestationObject: [],
            clientDataJson: [])
        {
            Name = row.Name,
        };

    public void Dispose()
    {
        // Holds no connection: each call opens its own.
    }
}
