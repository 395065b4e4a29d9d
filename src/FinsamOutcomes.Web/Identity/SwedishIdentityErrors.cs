using Microsoft.AspNetCore.Identity;

namespace FinsamOutcomes.Web.Identity;

/// <summary>What Identity says when something is wrong, in Swedish: those of its messages that can reach a page here.</summary>
internal sealed class SwedishIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Error(nameof(DefaultError), "Något gick fel. Inget har sparats. Försök igen.");

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "Kontot ändrades av någon annan samtidigt. Läs in sidan igen.");

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "Lösenordet stämmer inte. Skriv det lösenord du loggar in med.");

    public override IdentityError InvalidToken() => Error(nameof(InvalidToken), "Koden stämmer inte. Skriv den kod som appen visar nu.");

    public override IdentityError RecoveryCodeRedemptionFailed() =>
        Error(nameof(RecoveryCodeRedemptionFailed), "Reservkoden stämmer inte eller har redan använts.");

    public override IdentityError UserAlreadyHasPassword() => Error(nameof(UserAlreadyHasPassword), "Kontot har redan ett lösenord.");

    public override IdentityError PasswordTooShort(int length) =>
        Error(nameof(PasswordTooShort), $"Lösenordet är för kort. Skriv minst {length} tecken, gärna en mening.");

    private static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}
