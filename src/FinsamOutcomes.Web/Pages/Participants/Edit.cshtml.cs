using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>A participant's own fields: code, gender, birth year, and who they are.</summary>
public sealed class EditModel(
    FinsamDatabase database,
    CurrentAccess access,
    ParticipantStore participants,
    ParticipationStore participations,
    CodeListStore codes,
    ChangeReader changes) : PageModel
{
    [BindProperty]
    public PersonInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    public ParticipantRow Participant { get; private set; } = null!;

    /// <summary>What is stored, as far as it can be read.</summary>
    public ParticipantIdentity Identity { get; private set; } = null!;

    public ChangedSince? Changed { get; private set; }

    public IReadOnlyList<SelectListItem> Genders { get; private set; } = [];

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participant.Id}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        Identity = await IdentityAsync();
        Input = new PersonInput
        {
            Version = Participant.Version,
            Code = Participant.Code,
            Gender = Participant.Gender,
            BirthYear = Participant.BirthYear,
            Name = Identity.Name,
            PersonalNumber = Identity.PersonalNumber is { } digits ? PersonModel.Number(digits) : null,
            HasProtectedIdentity = Participant.HasProtectedIdentity,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        ModelState.Unreadable("Input.BirthYear", PersonInput.BirthYearMessage);
        var birthYear = Input.BirthYear ?? (PersonalNumber.TryParse(Input.PersonalNumber, database.Today, out var number) ? number.BirthYear : null);
        if (birthYear != Participant.BirthYear)
        {
            var stays = await participations.OfParticipantAsync(access.ForbundId, Participant.Id, access.UserId, Cancelled);
            Unusual.AskAge(birthYear, stays.Select(s => s.StartedOn ?? s.QueuedOn).LastOrDefault(), database.Today);
        }

        if (Unusual.MustAsk(ModelState) || !ModelState.IsValid)
            return await AgainAsync();
        try
        {
            await participants.UpdateAsync(
                new ParticipantChange
                {
                    ForbundId = access.ForbundId,
                    Id = Participant.Id,
                    Version = Input.Version,
                    Code = Input.Code ?? "",
                    Gender = Input.Gender ?? "",
                    BirthYear = Input.BirthYear,
                    Name = Input.Name,
                    PersonalNumber = Input.PersonalNumber,
                    HasProtectedIdentity = Input.HasProtectedIdentity,
                    KeepsUnreadable = !Input.RemovesUnreadable,
                    IsCodeNoName = Input.IsCodeNoName,
                    UserId = access.UserId,
                    Actor = access.UserName,
                },
                Cancelled);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            await ShowChangedAsync();
            return await AgainAsync();
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError(error.Field == nameof(ParticipantChange.Id) ? "" : $"Input.{error.Field}", error.Message);
            return await AgainAsync();
        }

        TempData["Done"] = "Personuppgifterna är ändrade.";
        return Redirect(Back);
    }

    // The history tells neither name nor number, but who stands here may see them.
    private async Task ShowChangedAsync()
    {
        var since = await changes.SinceAsync(access.ForbundId, ChangedEntity.Participant, Participant.Id, Input.Version, Cancelled);
        Changed = since.Merge(ModelState);
        if (since.Changes.Any(c => c.Field is nameof(Input.Name) or nameof(Input.PersonalNumber)))
        {
            var identity = await IdentityAsync();
            Changed = Changed
                .Telling(nameof(Input.Name), identity.Name)
                .Telling(nameof(Input.PersonalNumber), identity.PersonalNumber is { } digits ? PersonModel.Number(digits) : null);
        }

        Input.Version = ChangedSince.Renew(ModelState, Participant.Version);
    }

    private Task<ParticipantIdentity> IdentityAsync() => participants.ReadIdentityAsync(access.ForbundId, Participant.Id, access.UserName, Cancelled);

    // What stood there can be asked for again: whether a name that can't be read is still to be dealt with.
    private async Task<IActionResult> AgainAsync()
    {
        Identity = await IdentityAsync();
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, Cancelled) is not { } found)
            return false;
        Participant = found;
        Genders = [.. (await codes.GendersAsync(Cancelled)).ToOptions()];
        return true;
    }
}

/// <summary>What is typed to change a participant.</summary>
public sealed class PersonInput
{
    public const string BirthYearMessage = "Skriv födelseåret med fyra siffror, till exempel 1985.";

    public int Version { get; set; }

    public string? Code { get; set; }

    public string? Gender { get; set; }

    public int? BirthYear { get; set; }

    public string? Name { get; set; }

    public string? PersonalNumber { get; set; }

    public bool HasProtectedIdentity { get; set; }

    /// <summary>The code looks like a name, and is none.</summary>
    public bool IsCodeNoName { get; set; }

    /// <summary>What can't be read and isn't written anew goes.</summary>
    public bool RemovesUnreadable { get; set; }

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(PersonInput);
}
