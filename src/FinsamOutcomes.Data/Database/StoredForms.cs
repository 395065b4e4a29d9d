using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Database;

/// <summary>
/// Makes the normal forms (<see cref="NormalForm"/>) of codes and names that were written before there were any, or under an
/// older rule. Done by the migrator, and again when the rule has changed. Where two rows have the same, the older one keeps
/// it; the others get one of their own until somebody has given them another code or name, or merged them.
/// </summary>
internal static class StoredForms
{
    /// <summary>As the migrator remembers that it is done.</summary>
    public const string Name = "normal-forms";

    /// <summary>Told anew when the rule changes, so that it is done again.</summary>
    public const string Version = "1";

    public static async Task FillAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        foreach (var forbund in await session.QueryAsync<ForbundRow>("Forbund.All", cancellationToken: cancellationToken))
        {
            await FillAsync(session, forbund.Id, "Forms.Participants", "Forms.SetParticipant", cancellationToken);
            await FillAsync(session, forbund.Id, "Forms.Insatser", "Forms.SetInsats", cancellationToken);
        }
    }

    /// <summary>The form of a row that another one was before with.</summary>
    public static string Own(string form, int id) => string.Create(CultureInfo.InvariantCulture, $"{form}{NormalForm.Collision}{id}");

    private static async Task FillAsync(DatabaseSession session, int forbundId, string read, string write, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var changed = new List<(int Id, string Form)>();
        foreach (var row in await session.QueryAsync<StoredForm>(read, new { ForbundId = forbundId }, cancellationToken))
        {
            var form = NormalForm.Of(row.Written);
            if (!taken.Add(form))
                form = Own(form, row.Id);
            if (form != row.Form)
                changed.Add((row.Id, form));
        }

        // Out of each other's way first: one may get what another had.
        foreach (var (id, _) in changed)
            await SetAsync(id, Own("", id));
        foreach (var (id, form) in changed)
            await SetAsync(id, form);

        Task SetAsync(int id, string form) =>
            session.ExecuteAsync(write, new { ForbundId = forbundId, Id = id, Form = form }, cancellationToken);
    }
}

/// <summary>A code or name, and the form of it that is stored.</summary>
public sealed record StoredForm
{
    public required int Id { get; init; }

    public required string Written { get; init; }

    public required string Form { get; init; }
}
