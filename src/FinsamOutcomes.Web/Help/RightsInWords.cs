using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Help;

/// <summary>What several routes let people do, with the same rights.</summary>
public sealed record RightInWords(string Words, HelpTopic? Topic, RouteRight Right);

/// <summary>The table of rights as people read it: what one can do rather than at which address.</summary>
public static class RightsInWords
{
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        [""] = "Startsidan",
        ["/anvandare"] = "Bjuda in användare, ge roller och insatser, avaktivera konton (det som kan öppna namn behöver två administratörer)",
        ["/anvandare/{userId:int}"] = "Bjuda in användare, ge roller och insatser, avaktivera konton (det som kan öppna namn behöver två administratörer)",
        ["/anslutna-system"] = "Ansluta andra system, göra och återkalla deras nycklar (den som registrerar deltagare behöver två administratörer)",
        ["/deltagare"] = "Se och söka deltagare, med namn, så länge de är med och en tid efter avslutet",
        ["/deltagare/sok"] = "Se och söka deltagare, med namn, så länge de är med och en tid efter avslutet",
        ["/deltagare/{participantId:int}"] = "Se och söka deltagare, med namn, så länge de är med och en tid efter avslutet",
        ["/deltagare/{participantId:int}/andra"] = "Ändra deltagares personuppgifter",
        ["/deltagare/{participantId:int}/sla-ihop"] = "Slå ihop två registreringar av samma person, och ta bort den som registrerats av misstag",
        ["/deltagare/{participantId:int}/angra-sammanslagning"] = "Slå ihop två registreringar av samma person, och ta bort den som registrerats av misstag",
        ["/deltagare/{participantId:int}/ta-bort"] = "Slå ihop två registreringar av samma person, och ta bort den som registrerats av misstag",
        ["/oppningar"] = "Svara handläggare som vill öppna tidigare deltagare, utan att se namn",
        ["/traffar"] = "Se vilka som i dag har fått träffar i registret, och släppa spärren för den som har fått många",
        ["/deltaganden/{participationId:int}"] = "Se och söka deltagare, med namn, så länge de är med och en tid efter avslutet",
        ["/regler"] = "Bestämma hur länge handläggare når den som har lämnat, och vilka roller som måste ha engångskod",
        ["/deltagare/be-om-att-oppna"] = "Be om att få öppna en tidigare deltagare",
        ["/deltagare/ny"] = "Registrera deltagare och nya inskrivningar",
        ["/deltagare/{participantId:int}/ny-inskrivning"] = "Registrera deltagare och nya inskrivningar",
        ["/deltaganden/{participationId:int}/skriv-in"] = "Skriva in, skriva ut, rätta och ångra",
        ["/deltaganden/{participationId:int}/skriv-ut"] = "Skriva in, skriva ut, rätta och ångra",
        ["/deltaganden/{participationId:int}/angra"] = "Skriva in, skriva ut, rätta och ångra",
        ["/deltaganden/{participationId:int}/felregistrerad"] = "Skriva in, skriva ut, rätta och ångra",
        ["/deltaganden/{participationId:int}/flytta"] = "Skriva in, skriva ut, rätta och ångra",
        ["/deltaganden/{participationId:int}/andra"] = "Skriva in, skriva ut, rätta och ångra",
        ["/deltaganden/{participationId:int}/handlaggare"] = "Byta en deltagares handläggare",
        ["/deltaganden/flera"] = "Skriva in, skriva ut, rätta och ångra",
        ["/sjalvskattningar"] = "Registrera och rätta självskattningar",
        ["/deltaganden/{participationId:int}/sjalvskattning"] = "Registrera och rätta självskattningar",
        ["/deltaganden/{participationId:int}/sjalvskattning/{assessmentId:int}"] = "Registrera och rätta självskattningar",
        ["/anmarkningar"] = "Se anmärkningar på uppgifterna och markera dem som kontrollerade",
        ["/antal"] = "Fylla i antal deltagare i insatser som följs upp med antal",
        ["/instrument"] = "Läsa instrumentens frågor",
        ["/statistik"] = "Se och spara statistik för hela förbundet; tal under 5 bara med ett skäl som skrivs i loggen",
        ["/statistik/{file}"] = "Se och spara statistik för hela förbundet; tal under 5 bara med ett skäl som skrivs i loggen",
        ["/insatser/{insatsId:int}/statistik"] = "Se och spara statistik för en insats; tal under 5 bara med ett skäl som skrivs i loggen",
        ["/insatser/{insatsId:int}/statistik/{file}"] = "Se och spara statistik för en insats; tal under 5 bara med ett skäl som skrivs i loggen",
        ["/rapporter"] = "Beställa och hämta rapporter; exakta tal bara med ett skäl som skrivs i loggen",
        ["/rapporter/{jobId:int}/{ordinal}"] = "Beställa och hämta rapporter; exakta tal bara med ett skäl som skrivs i loggen",
        ["/publiceringar"] = "Öppna sparade publiceringar, jämföra dem med registret och ersätta dem; exakta tal bara den som gjorde dem",
        ["/publiceringar/{publicationId:int}"] = "Öppna sparade publiceringar, jämföra dem med registret och ersätta dem; exakta tal bara den som gjorde dem",
        ["/publiceringar/{publicationId:int}/jamfor"] = "Öppna sparade publiceringar, jämföra dem med registret och ersätta dem; exakta tal bara den som gjorde dem",
        ["/publiceringar/{publicationId:int}/granska"] = "Öppna sparade publiceringar, jämföra dem med registret och ersätta dem; exakta tal bara den som gjorde dem",
        ["/publiceringar/{publicationId:int}/tal"] = "Öppna sparade publiceringar, jämföra dem med registret och ersätta dem; exakta tal bara den som gjorde dem",
        ["/publiceringar/{publicationId:int}/tal/{number:int}"] = "Öppna sparade publiceringar, jämföra dem med registret och ersätta dem; exakta tal bara den som gjorde dem",
        ["/publiceringar/{publicationId:int}/fil/{format}"] = "Öppna sparade publiceringar, jämföra dem med registret och ersätta dem; exakta tal bara den som gjorde dem",
        ["/texter"] = "Skriva texter till årsredovisningen",
        ["/insatser/{insatsId:int}/texter/{year:int}"] = "Skriva texter till årsredovisningen",
        ["/insatser"] = "Se insatserna, deras platser och kö",
        ["/insatser/ny"] = "Lägga till och ändra insatser",
        ["/insatser/{insatsId:int}/redigera"] = "Lägga till och ändra insatser",
        ["/insatser/{insatsId:int}/budget"] = "Fylla i en insats budget och utfall",
        ["/kostnader"] = "Fylla i förbundets egna kostnader",
        ["/medel"] = "Fylla i medlemmarnas medel och förbundets eget kapital",
        ["/mal"] = "Sätta årets mål",
        ["/inlasning"] = "Läsa in insatser, instrument, deltagare och självskattningar från fil",
        ["/kodlistor"] = "Ändra kodlistor och vad som är positiv lösning",
        ["/kodlistor/{list}"] = "Ändra kodlistor och vad som är positiv lösning",
        ["/kodlistor/positiv-losning"] = "Ändra kodlistor och vad som är positiv lösning",
        ["/uppfoljning-finsam"] = "Se, hämta och lämna över siffrorna till Uppföljning Finsam",
        ["/uppfoljning-finsam/overlamningar/{deliveryId:int}"] = "Se, hämta och lämna över siffrorna till Uppföljning Finsam",
        ["/logg"] = "Läsa loggen",
    };

    /// <summary>One line for what has the same words and the same rights, in the order of the table.</summary>
    public static IReadOnlyList<RightInWords> All { get; } =
    [
        .. Rights.Table.Where(r => r.Scope is not (Scope.Open or Scope.Account))
            .Select(r => (Right: r, Topic: HelpTopics.For(r.Route)))
            .Select(r => new RightInWords(
                s_words.GetValueOrDefault(r.Right.Route.Replace("/f/{forbundId:int}", "", StringComparison.Ordinal)) ?? r.Topic?.Title ?? r.Right.Route,
                r.Topic,
                r.Right))
            .DistinctBy(r => (r.Words, string.Join(' ', Role.All.Select(role => r.Right.Of(role.Code))))),
    ];
}
