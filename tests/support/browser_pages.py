"""What a person sees and presses in the shop's pages, by role and visible text, in one language."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from shopnow.settings import REPO_ROOT

AXE = REPO_ROOT / "webshop/frontend/node_modules/axe-core/axe.min.js"

#: What the pages say, in the order French, English.
TEXTS = {
    "search": ("Chercher un produit", "Search for a product"),
    "reference": ("Référence", "Reference"),
    "add": ("Ajouter au panier", "Add to cart"),
    "cart": ("Panier", "Cart"),
    "check_out": ("Passer commande", "Check out"),
    "pay": ("Payer", "Pay"),
    "email": ("Adresse e-mail", "E-mail address"),
    "name": ("Nom complet", "Full name"),
    "line1": ("Adresse", "Address"),
    "postal_code": ("Code postal", "Postcode"),
    "city": ("Ville", "City"),
    "thanks": ("Merci pour votre commande", "Thank you for your order"),
    "declined": ("Le paiement n’a pas abouti", "The payment did not go through"),
    "again": ("Réessayer le paiement", "Try paying"),
    "cancel": ("Annuler la commande", "Cancel the order"),
    "confirm_cancel": ("Confirmer l’annulation", "Confirm the cancellation"),
    "cancelled": ("Commande annulée", "Order cancelled"),
    "ask_return": ("Demander un retour", "Request a return"),
    "return_quantity": ("Quantité de", "Quantity of"),
    "return_reason": ("Pourquoi ce retour ?", "Why this return?"),
    "send_return": ("Envoyer la demande", "Send the request"),
    "return_done": ("Demande de retour enregistrée", "Return request recorded"),
    "promo": ("Code promo", "Promo code"),
    "apply": ("Appliquer", "Apply"),
    "log_in": ("Se connecter", "Log in"),
    "password": ("Mot de passe", "Password"),
    "register": ("Créer mon compte", "Create my account"),
    "open_account": ("Ouvrir mon compte", "Open my account"),
    "check_mail": ("Regardez vos e-mails", "Check your e-mail"),
    "verified": ("Votre adresse est confirmée", "Your address is confirmed"),
    "hello": ("Bonjour", "Hello"),
    "my_orders": ("Mes commandes", "My orders"),
    "order": ("Commande", "Order"),
    "log_out": ("Se déconnecter", "Log out"),
    "delete_account": ("Supprimer mon compte", "Delete my account"),
    "current_password": ("Mot de passe actuel", "Current password"),
    "confirm_deletion": ("Supprimer pour de bon", "Delete for good"),
    "account_deleted": ("Votre compte est supprimé", "Your account is deleted"),
    "turn_on": ("Activer", "Turn on"),
    "turn_off": ("Désactiver", "Turn off"),
    "continue": ("Continuer", "Continue"),
    "code": ("Code", "Code"),
    "any_code": (
        "Code de l’application, ou code de secours",
        "Code of the app, or a recovery code",
    ),
    "recovery_codes": ("Vos codes de secours", "Your recovery codes"),
    "codes_kept": ("Je les ai notés", "I have written them down"),
    "ship": ("Expédier", "Ship"),
    "shipped": ("Commande expédiée", "Order shipped"),
    "on_its_way": ("Votre commande est en route", "Your order is on its way"),
    "staff_only": ("Connectez-vous pour continuer", "Log in to go on"),
}


@dataclass(frozen=True)
class Reader:
    """Somebody with a browser, who reads French or English."""

    page: Page
    language: str

    def says(self, name: str) -> str:
        """What the page says in the reader's language."""
        return TEXTS[name][0 if self.language == "fr" else 1]

    def come(self) -> None:
        """Open the shop and choose the language by the header's switch."""
        self.page.goto("/")
        if self.language == "en":
            self.page.get_by_role("button", name=re.compile("English")).click()
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def press(self, name: str) -> None:
        """Press a button by how its text begins."""
        starts = re.compile(rf"^{re.escape(self.says(name))}")
        self.page.get_by_role("button", name=starts).first.click()

    def fill_in(self, values: dict[str, str]) -> None:
        """Fill in text fields by their labels, a required field's mark aside."""
        for name, value in values.items():
            label = re.compile(rf"^{re.escape(self.says(name))}( \*)?$")
            self.page.get_by_label(label).last.fill(value)

    def sees(self, name: str) -> None:
        """Wait for a heading."""
        starts = re.compile(rf"^{re.escape(self.says(name))}")
        expect(self.page.get_by_role("heading", name=starts).first).to_be_visible()

    def find_product(self, sku: str) -> None:
        """Search for a product in the catalogue and open its page."""
        search = self.page.get_by_role("searchbox", name=self.says("search"))
        search.fill(sku)
        search.press("Enter")
        self.page.locator(f"article[data-sku='{sku}']").get_by_role("link").click()
        expect(self.page.get_by_text(f"{self.says('reference')} {sku}")).to_be_visible()

    def take(self, sku: str) -> None:
        """Put one unit of a product into the cart, and go to the cart."""
        self.find_product(sku)
        self.press("add")
        self.page.get_by_role("link", name=re.compile(rf"^{self.says('cart')} \d")).click()

    def check_out(self, email: str = "camille@example.org") -> None:
        """From the cart to the payment provider's page."""
        self.page.get_by_role("link", name=self.says("check_out")).click()
        self.fill_in(
            {
                "email": email,
                "name": "Camille Durand",
                "line1": "12 rue des Lilas",
                "postal_code": "75011",
                "city": "Paris",
            }
        )
        self.press("pay")
        self.page.wait_for_url("**/pay/**")

    def give_card(self, number: str) -> None:
        """On the provider's page: pay by this card, and come back to the order."""
        page = self.page
        # The hosted page is the provider's own: its fields are known by what browsers fill in.
        for autocomplete, value in (("cc-number", number), ("cc-exp", "12/34"), ("cc-csc", "123")):
            field = page.locator(f"input[autocomplete='{autocomplete}']")
            if field.count():
                field.fill(value)
        page.locator("form button[type=submit], form button:not([type])").first.click()
        page.wait_for_url("**/orders/**")

    def log_in(self, email: str, password: str, code: str | None = None) -> None:
        """Log in from the header, to the account's page; `code` is for a second factor."""
        self.page.goto("/login")
        self.fill_in({"email": email, "password": password})
        send = self.page.locator("form").get_by_role("button", name=self.says("log_in"), exact=True)
        send.click()
        if code is not None:
            self.fill_in({"any_code": code})
            send.click()
        self.sees("hello")

    def order_number(self) -> str:
        """The number on the order's page."""
        return self.page.get_by_test_id("order-number").inner_text()


def choose_language(context: BrowserContext, shop_url: str, language: str) -> None:
    """Let a visitor have chosen this language before."""
    context.add_cookies([{"name": "shopnow_language", "value": language, "url": shop_url}])


def boxes(page: Page) -> list[list[str | float]]:
    """Every element of the page as it looks: tag, own text, place and size in px, colours, font."""
    found: list[list[str | float]] = page.evaluate(_BOXES)
    return found


_BOXES = """() => [...document.querySelectorAll("#root *")]
  .filter((element) => element.localName === "svg" || !element.closest("svg"))
  .map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const style = getComputedStyle(element);
    return [
      element.localName,
      own.map((node) => node.data).join("").trim(),
      ...[x, y, width, height].map(Math.round),
      ...[style.color, style.backgroundColor, style.font, style.borderRadius, style.border],
    ];
  })"""


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds on the page as it is: rule, element, and why."""
    # Run by the debugger, whom the page's Content-Security-Policy does not concern.
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{fault['id']}: {node['html']} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return wide
