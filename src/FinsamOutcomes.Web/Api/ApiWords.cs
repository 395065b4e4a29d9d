using System.Globalization;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Web.Api;

/// <summary>The words of the API: those of the files that are read in, so that who knows one knows the other.</summary>
internal static class ApiWords
{
    private static readonly Dictionary<string, string> s_fields = new(StringComparer.Ordinal)
    {
        [nameof(NewRegistration.InsatsId)] = "insats_id",
        [nameof(NewRegistration.Code)] = "deltagarkod",
        [nameof(NewRegistration.Gender)] = "kon",
        [nameof(NewRegistration.BirthYear)] = "fodelsear",
        [nameof(NewRegistration.HasProtectedIdentity)] = "skyddade_personuppgifter",
        [nameof(NewRegistration.QueuedOn)] = "koad",
        [nameof(NewRegistration.StartedOn)] = "inskriven",
        [nameof(NewRegistration.Referrer)] = "remittent",
        [nameof(NewRegistration.EducationLevel)] = "utbildning",
        [nameof(NewRegistration.IsCodeNoName)] = "koden_ar_inget_namn",
        [nameof(NewRegistration.IsNotDuplicate)] = "ar_annan_person",
        [nameof(NewParticipation.ParticipantId)] = "deltagare_id",
        [nameof(NewParticipation.EndedOn)] = "utskriven",
        [nameof(NewParticipation.ExitReason)] = "avslutsanledning",
        [nameof(NewParticipation.IsPlannedExit)] = "planerat_avslut",
        [nameof(NewParticipation.After)] = "efter",
        [nameof(Situation.Livelihoods)] = "fore.forsorjning",
        [nameof(Situation.Occupation)] = "fore.arbete",
        ["After.Livelihoods"] = "efter.forsorjning",
        ["After.Occupation"] = "efter.arbete",
        [RegistrationException.VersionField] = "version",
        [OnceRequest.Field] = OnceRequest.Field,
        // Of the whole row, which the address says.
        [nameof(NewExit.ParticipationId)] = "",
        [nameof(ParticipantChange.Id)] = "",
    };

    private static readonly (string Code, string Word)[] s_genders = [("woman", "kvinna"), ("man", "man"), ("unknown", "okant")];

    /// <summary>The name in JSON of a store's field.</summary>
    public static string Field(string field) => s_fields.GetValueOrDefault(field, field);

    /// <summary>The words of the genders, as they are documented.</summary>
    public static IEnumerable<string> GenderWords => s_genders.Select(g => g.Word);

    /// <summary>The code of a gender, which is taken too; what is none is left for the store to refuse.</summary>
    public static string Gender(string? word) => s_genders.FirstOrDefault(g => g.Word == word || g.Code == word).Code ?? "";

    public static string GenderWord(string code) => s_genders.First(g => g.Code == code).Word;

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
