namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>The browser is on its way to a provider; the link is for one that does not go by itself.</summary>
public sealed record OnwardTo(string Heading, string Text, string Link, string Address)
{
    /// <summary>To sign in there.</summary>
    public static OnwardTo SignIn(string provider, string address) =>
        new($"Vidare till {provider}", $"Du skickas till {provider} för att logga in där.", "Fortsätt", address);

    /// <summary>To end the session there.</summary>
    public static OnwardTo SignOut(string provider, string address) =>
        new("Du är utloggad här", $"Du skickas till {provider} för att loggas ut också där.", $"Logga ut från {provider}", address);

    /// <summary>What is said when a provider does not answer.</summary>
    public static string NoAnswer(string provider) => $"{provider} svarar inte just nu. Försök igen om en stund, eller logga in på ett annat sätt.";
}
